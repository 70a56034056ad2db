-- So that somebody who looks at where they are logged in recognises their own browsers.
ALTER TABLE "LoginSession" ADD COLUMN "device" TEXT;
